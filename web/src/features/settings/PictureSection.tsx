import { Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { IconPhoto, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { meQuery } from "~/api/me";
import { PicturePreview } from "~/features/settings/PicturePreview";
import { useChangePicture } from "~/features/settings/queries";
import { Section } from "~/features/settings/Section";
import { useMe } from "~/session/useSession";
import { PersonAvatar } from "~/ui/PersonAvatar";
import { WriteError } from "~/ui/WriteError";

const KINDS = ["image/png", "image/jpeg", "image/webp"];
const BYTES_MAX = 5 * 1024 * 1024;

type Unfit = "picture_invalid" | "picture_too_large";

function unfit(file: File): Unfit | null {
  if (!KINDS.includes(file.type)) return "picture_invalid";
  return file.size > BYTES_MAX ? "picture_too_large" : null;
}

/** What somebody looks like to others: chosen, looked at, and only then sent. */
export function PictureSection() {
  const { t } = useTranslation("settings");
  const { accountId } = useMe();
  const me = useQuery(meQuery);
  const change = useChangePicture();
  const [chosen, setChosen] = useState<File | null>(null);
  const [wrong, setWrong] = useState<Unfit | null>(null);
  const choose = (file: File | null) => {
    change.reset();
    setWrong(file === null ? null : unfit(file));
    setChosen(file !== null && unfit(file) === null ? file : null);
  };
  const send = (picture: File | null) =>
    change.mutate(picture, { onSuccess: () => setChosen(null) });
  const has = me.data?.picture != null;
  return (
    <Section title={t("picture")} lead={t("picture_lead")}>
      <Group align="center" gap="lg">
        {chosen === null ? (
          <PersonAvatar name={me.data?.name ?? ""} size={96} accountId={has ? accountId : null} />
        ) : (
          <PicturePreview file={chosen} alt={t("picture_preview")} />
        )}
        <Stack gap="xs" align="flex-start" flex={1} miw={220}>
          <Text size="sm">{t("picture_limits")}</Text>
          <Group gap="xs">
            {chosen === null ? (
              <>
                <FileButton
                  onChange={choose}
                  accept={KINDS.join(",")}
                  inputProps={{ "aria-label": t("picture_choose") }}
                >
                  {(props) => (
                    <Button
                      {...props}
                      variant="light"
                      leftSection={<IconPhoto size={18} aria-hidden />}
                    >
                      {t("picture_choose")}
                    </Button>
                  )}
                </FileButton>
                {has && (
                  <Button
                    variant="subtle"
                    color="red"
                    loading={change.isPending}
                    leftSection={<IconTrash size={18} aria-hidden />}
                    onClick={() => send(null)}
                  >
                    {t("picture_delete")}
                  </Button>
                )}
              </>
            ) : (
              <>
                <Button loading={change.isPending} onClick={() => send(chosen)}>
                  {t("picture_use")}
                </Button>
                <Button variant="subtle" disabled={change.isPending} onClick={() => choose(null)}>
                  {t("picture_another")}
                </Button>
              </>
            )}
          </Group>
          <Text
            size="sm"
            role="status"
            c={wrong === null ? "inherit" : "var(--mantine-color-error)"}
          >
            {wrong !== null && t(`error_${wrong}`)}
            {change.isSuccess && t("picture_saved")}
          </Text>
        </Stack>
      </Group>
      <WriteError error={change.error} namespace="settings" />
    </Section>
  );
}
