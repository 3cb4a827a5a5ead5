import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { AuthFrame } from "~/features/auth/AuthFrame";
import { hasDrafts } from "~/session/drafts";
import { session } from "~/session/session";
import { useSession } from "~/session/useSession";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { AnchorLink } from "~/ui/links";

/** By username or e-mail address; then on to where somebody wanted to go. */
export function LogInPage() {
  const { t } = useTranslation("auth");
  const form = useForm({ initialValues: { login: "", password: "" } });
  const onwards = useOnwards();
  const logIn = useMutation({
    mutationFn: ({ login, password }: typeof form.values) => session.logIn(login.trim(), password),
    onSuccess: onwards,
  });
  return (
    <AuthFrame title={t("log_in")}>
      <WhyHere />
      <Paper
        component="form"
        withBorder
        p="lg"
        radius="lg"
        onSubmit={form.onSubmit((values) => logIn.mutate(values))}
      >
        <Stack>
          {logIn.error !== null && <ErrorNotice error={logIn.error} namespace="auth" />}
          <TextInput
            label={t("login")}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            dir="ltr"
            required
            {...form.getInputProps("login")}
          />
          <PasswordInput
            label={t("password")}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": t("show_password") }}
            required
            {...form.getInputProps("password")}
          />
          <Button type="submit" size="md" loading={logIn.isPending}>
            {t("log_in")}
          </Button>
        </Stack>
      </Paper>
      <OtherWays />
    </AuthFrame>
  );
}

function OtherWays() {
  const { t } = useTranslation("auth");
  return (
    <Stack gap={6}>
      <Text size="sm">
        {t("no_account")}{" "}
        <AnchorLink to="/register" inherit underline="always">
          {t("register")}
        </AnchorLink>
      </Text>
      <Text size="sm">
        {t("staff_question")}{" "}
        <AnchorLink to="/request-account" inherit underline="always">
          {t("request_account")}
        </AnchorLink>
      </Text>
    </Stack>
  );
}

/** Back to where somebody was, unless somebody else was there: they start at their own home. */
function useOnwards(): () => Promise<void> {
  const navigate = useNavigate();
  const { to } = useSearch({ from: "/login" });
  const state = useSession();
  // What it says now is lost with the log-in.
  const was = useRef<string | null>(null);
  if (state.status === "signed_out") was.current = state.was;
  return () => {
    const now = session.state();
    const same =
      was.current === null || (now.status === "signed_in" && now.accountId === was.current);
    return navigate({ href: same ? (to ?? "/home") : "/home", replace: true });
  };
}

/** Why somebody who was signed in is not any more, and what became of what they were writing. */
function WhyHere() {
  const { t } = useTranslation("auth");
  const state = useSession();
  if (state.status !== "signed_out") return null;
  const { because, was } = state;
  if (because === "never_signed_in") return null;
  const kept = was !== null && hasDrafts(was);
  return (
    <Alert role="status" color="calm" title={t(`because_${because}`)}>
      {kept && because !== "asked" && t("drafts_kept")}
    </Alert>
  );
}
