import { Card, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { meQuery } from "~/api/me";
import { FindBox } from "~/features/audit/home/FindBox";
import { GrantsToReview, OpenReports, Tries } from "~/features/audit/home/Waiting";
import { searchesQuery } from "~/features/audit/queries";
import { SavedSearches } from "~/features/audit/SavedSearches";
import { OwnOpenGrants } from "~/features/break_glass/OwnOpenGrants";
import { Page } from "~/ui/Page";

/** The compliance officer's morning: what waits for them, and what somebody tried. */
export function ComplianceHome() {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  const me = useQuery(meQuery);
  const searches = useQuery(searchesQuery);
  return (
    <Page title={t("home_title", { name: me.data?.name ?? "" })} lead={t("home_lead")} size="xl">
      <OwnOpenGrants />
      <Card component="section" withBorder padding="lg">
        <Stack gap="md">
          <Title order={2} size="h3">
            {t("home_find")}
          </Title>
          <FindBox />
          <SavedSearches
            filters={{}}
            onRun={(filters) => void navigate({ to: "/audit", search: filters })}
          />
          {searches.data?.searches.length === 0 && (
            <Text size="sm" c="dimmed">
              {t("home_no_searches")}
            </Text>
          )}
        </Stack>
      </Card>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <GrantsToReview />
        <OpenReports />
      </SimpleGrid>
      <Tries />
    </Page>
  );
}
