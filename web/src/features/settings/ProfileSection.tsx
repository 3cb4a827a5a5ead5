import {
  Alert,
  Button,
  Group,
  Select,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OwnAccount, Specialty } from "~/api/schema";
import { SPECIALTIES } from "~/api/specialties";
import { useOwnAccount } from "~/features/settings/queries";
import { Section } from "~/features/settings/Section";
import { type ProfileForm, useProfileForm } from "~/features/settings/useProfileForm";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { WriteError } from "~/ui/WriteError";

/** What others see of somebody. */
export function ProfileSection() {
  const { t } = useTranslation("settings");
  const own = useOwnAccount();
  return (
    <Section title={t("profile")} lead={t("profile_lead")}>
      {own.isPending && <Skeleton height={280} />}
      {own.isError && <ErrorNotice error={own.error} onRetry={() => void own.refetch()} />}
      {own.isSuccess && <Profile account={own.data.value} etag={own.data.etag} />}
    </Section>
  );
}

function Profile({ account, etag }: { account: OwnAccount; etag: string | null }) {
  const { t } = useTranslation("settings");
  const { form, save, error, isDirty, submit, undo } = useProfileForm(account, etag);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {t("logs_in_as", { username: account.username ?? "", email: account.email ?? "" })}
        </Text>
        <Fields form={form} isDoctor={account.role === "doctor"} />
        <Outcome saved={save.isSuccess && !isDirty} error={error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!isDirty}>
            {t("save")}
          </Button>
          {isDirty && (
            <Button variant="subtle" onClick={undo} disabled={save.isPending}>
              {t("undo")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function Outcome({ saved, error }: { saved: boolean; error: unknown }) {
  const { t } = useTranslation("settings");
  return (
    <div role="status">
      <WriteError error={error} namespace="settings" />
      {saved && <Alert color="green" title={t("saved")} />}
    </div>
  );
}

function Fields({ form, isDoctor }: { form: ProfileForm; isDoctor: boolean }) {
  const { t } = useTranslation("settings");
  const specialties = SPECIALTIES.map((value) => ({ value, label: t(`specialty_${value}`) }));
  return (
    <>
      <TextInput
        label={t("name")}
        dir="auto"
        autoComplete="name"
        maxLength={120}
        required
        {...form.getInputProps("name")}
      />
      {isDoctor && (
        <Select
          label={t("specialty")}
          data={specialties.sort((one, other) => one.label.localeCompare(other.label))}
          searchable
          allowDeselect={false}
          value={form.values.specialty}
          onChange={(value) => form.setFieldValue("specialty", value as Specialty | null)}
        />
      )}
      <Textarea
        label={t("bio")}
        dir="auto"
        description={t("bio_hint")}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4096}
        {...form.getInputProps("bio")}
      />
      <TextInput
        label={t("phone")}
        description={t("phone_hint")}
        type="tel"
        autoComplete="tel"
        dir="ltr"
        maxLength={40}
        {...form.getInputProps("phone")}
      />
    </>
  );
}
