import { Button, Paper, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApplicantFields } from "~/features/auth/ApplicantFields";
import { AuthFrame } from "~/features/auth/AuthFrame";
import { Refusal } from "~/features/auth/Refusal";
import { useApplicant } from "~/features/auth/useApplicant";
import { session } from "~/session/session";
import { AnchorLink } from "~/ui/links";

/** A patient makes an account of their own, and is signed in with it. */
export function RegisterPage() {
  const { t } = useTranslation("auth");
  const navigate = useNavigate();
  const { form, send, explain } = useApplicant();
  const register = useMutation({
    mutationFn: async () => {
      await send({});
      const { username, password } = form.getTransformedValues();
      await session.logIn(username, password);
    },
    onSuccess: () => navigate({ to: "/home", replace: true }),
    onError: explain,
  });
  const submit = () => register.mutate();
  return (
    <AuthFrame title={t("register_title")} lead={t("register_lead")}>
      <Paper
        component="form"
        withBorder
        p="lg"
        radius="lg"
        noValidate
        onSubmit={form.onSubmit(submit)}
      >
        <Stack>
          <Refusal error={register.error} onRetry={submit} />
          <ApplicantFields form={form} />
          <Button type="submit" size="md" loading={register.isPending}>
            {t("register")}
          </Button>
        </Stack>
      </Paper>
      <Text size="sm">
        {t("have_account")}{" "}
        <AnchorLink to="/login" inherit underline="always">
          {t("log_in")}
        </AnchorLink>
      </Text>
    </AuthFrame>
  );
}
