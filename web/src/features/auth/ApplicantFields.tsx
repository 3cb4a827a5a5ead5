import { PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ApplicantForm } from "~/features/auth/useApplicant";

/** Who somebody is, and what they will log in with. */
export function ApplicantFields({ form }: { form: ApplicantForm }) {
  const { t } = useTranslation("auth");
  return (
    <>
      <TextInput
        label={t("name")}
        description={t("name_hint")}
        autoComplete="name"
        maxLength={120}
        required
        key={form.key("name")}
        {...form.getInputProps("name")}
      />
      <TextInput
        label={t("username")}
        description={t("username_hint")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        maxLength={40}
        required
        key={form.key("username")}
        {...form.getInputProps("username")}
      />
      <TextInput
        label={t("email")}
        type="email"
        autoComplete="email"
        dir="ltr"
        maxLength={254}
        required
        key={form.key("email")}
        {...form.getInputProps("email")}
      />
      <PasswordInput
        label={t("new_password")}
        description={t("password_hint")}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("show_password") }}
        required
        aria-invalid={form.errors.password !== undefined}
        key={form.key("password")}
        {...form.getInputProps("password")}
      />
    </>
  );
}
