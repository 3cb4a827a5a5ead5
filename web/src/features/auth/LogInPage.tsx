import { Button, Container, Paper, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { session } from "~/session/session";
import { ErrorNotice } from "~/ui/ErrorNotice";

/** By username or e-mail address; then on to where somebody wanted to go. */
export function LogInPage() {
  const { t } = useTranslation("auth");
  const form = useForm({ initialValues: { login: "", password: "" } });
  const navigate = useNavigate();
  const { to } = useSearch({ from: "/login" });
  const logIn = useMutation({
    mutationFn: ({ login, password }: typeof form.values) => session.logIn(login.trim(), password),
    onSuccess: () => navigate({ href: to ?? "/home", replace: true }),
  });
  return (
    <Container component="main" size={420} py={60}>
      <Stack gap="md">
        <Title order={1} size="h2">
          {t("log_in")}
        </Title>
        <Paper
          component="form"
          withBorder
          p="lg"
          onSubmit={form.onSubmit((values) => logIn.mutate(values))}
        >
          <Stack>
            {logIn.error !== null && <ErrorNotice error={logIn.error} />}
            <TextInput
              label={t("login")}
              autoComplete="username"
              required
              {...form.getInputProps("login")}
            />
            <PasswordInput
              label={t("password")}
              autoComplete="current-password"
              required
              {...form.getInputProps("password")}
            />
            <Button type="submit" loading={logIn.isPending}>
              {t("log_in")}
            </Button>
          </Stack>
        </Paper>
      </Stack>
    </Container>
  );
}
