import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CorrectionRequests } from "~/features/privacy/CorrectionRequests";
import { Download } from "~/features/privacy/Download";
import { GrantBanner } from "~/features/privacy/GrantBanner";
import { Looks } from "~/features/privacy/Looks";
import { Page } from "~/ui/Page";

/** What happens with the patient's record, and what they can do about it. */
export function PrivacyPage() {
  const { t } = useTranslation("privacy");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <GrantBanner />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Download />
        <CorrectionRequests />
      </SimpleGrid>
      <Looks />
    </Page>
  );
}
