import { useTranslation } from "react-i18next";
import { AppearanceSection } from "~/features/settings/AppearanceSection";
import { LanguageSection } from "~/features/settings/LanguageSection";
import { NotificationsSection } from "~/features/settings/NotificationsSection";
import { PictureSection } from "~/features/settings/PictureSection";
import { ProfileSection } from "~/features/settings/ProfileSection";
import { SessionsSection } from "~/features/settings/SessionsSection";
import { Page } from "~/ui/Page";

/** What everybody sets for themselves: what others see of them, and how this looks to them. */
export function SettingsPage() {
  const { t } = useTranslation("settings");
  return (
    <Page title={t("title")} lead={t("lead")} size="md">
      <ProfileSection />
      <PictureSection />
      <AppearanceSection />
      <LanguageSection />
      <NotificationsSection />
      <SessionsSection />
    </Page>
  );
}
