import { Group, Stack, Switch, Text, Title } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { byDay } from "~/features/privacy/byDay";
import { LiveFollowers } from "~/features/privacy/LiveFollowers";
import { Look } from "~/features/privacy/Look";
import { Openings } from "~/features/privacy/Openings";
import { looksQuery } from "~/features/privacy/queries";
import { useFormat } from "~/i18n/useFormat";
import { EmptyState } from "~/ui/EmptyState";
import { Fetched } from "~/ui/Fetched";
import { LoadMore } from "~/ui/LoadMore";

/** Who looked at the record, day by day, the latest first. */
export function Looks() {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const [ownToo, setOwnToo] = useState(false);
  const query = useInfiniteQuery(looksQuery(ownToo));
  return (
    <Stack component="section" gap="md" aria-labelledby="looks">
      <Group justify="space-between">
        <div>
          <Title order={2} size="h3" id="looks">
            {t("who_looked")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("who_looked_words")}
          </Text>
        </div>
        <Switch
          label={t("own_too")}
          checked={ownToo}
          onChange={({ currentTarget }) => setOwnToo(currentTarget.checked)}
        />
      </Group>
      <Fetched query={query} rows={4}>
        {({ pages }) => (
          <Stack gap="lg">
            <Openings openings={pages[0]?.openings ?? []} />
            <LiveFollowers followers={pages[0]?.live ?? []} />
            {pages.every(({ looks }) => looks.length === 0) && !query.hasNextPage && (
              <EmptyState icon={IconEye} title={t("nobody")}>
                {t("nobody_words")}
              </EmptyState>
            )}
            {byDay(pages.flatMap(({ looks }) => looks)).map(({ day, looked }) => (
              <Stack key={day} component="section" gap="xs" aria-label={format.day(day)}>
                <Title order={3} size="h5" c="dimmed">
                  {format.day(day)}
                </Title>
                {looked.map((one) => (
                  <Look key={`${one.look.at} ${one.look.what} ${one.look.parts[0]?.id}`} {...one} />
                ))}
              </Stack>
            ))}
            <LoadMore query={query} label={t("further_back")} />
          </Stack>
        )}
      </Fetched>
    </Stack>
  );
}
