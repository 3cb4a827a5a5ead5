import { Container, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { type Icon, IconEye, IconHeartHandshake, IconStethoscope } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { FrontHeader } from "~/features/auth/AuthFrame";
import classes from "~/features/auth/auth.module.css";
import { Illustration } from "~/features/auth/Illustration";
import { AnchorLink, ButtonLink } from "~/ui/links";

/** What a stranger sees first: what this is, for whom, and the ways in. */
export function LandingPage() {
  const { t } = useTranslation("auth");
  useDocumentTitle("Anamnesis");
  return (
    <div className={classes.page}>
      <FrontHeader>
        <ButtonLink to="/login" variant="default" visibleFrom="xs">
          {t("log_in")}
        </ButtonLink>
      </FrontHeader>
      <Container component="main" size="lg" w="100%" pb={48}>
        <Hero />
        <section className={classes.who} aria-label={t("for_whom")}>
          <ForWhom
            icon={IconHeartHandshake}
            title={t("patients_title")}
            words={t("patients_words")}
          />
          <ForWhom icon={IconStethoscope} title={t("staff_title")} words={t("staff_words")} />
          <ForWhom icon={IconEye} title={t("trust_title")} words={t("trust_words")} />
        </section>
      </Container>
      <Container component="footer" size="lg" w="100%" pb="xl" mt="auto">
        <Text size="sm" c="dimmed">
          {t("emergency")}
        </Text>
      </Container>
    </div>
  );
}

function Hero() {
  const { t } = useTranslation("auth");
  return (
    <div className={classes.hero}>
      <Stack gap="lg">
        <Title order={1} className={classes.title}>
          {t("landing_title")}
        </Title>
        <Text size="lg" c="dimmed" maw={540}>
          {t("landing_words")}
        </Text>
        <Group>
          <ButtonLink to="/register" size="lg">
            {t("register")}
          </ButtonLink>
          <ButtonLink to="/login" size="lg" variant="default">
            {t("log_in")}
          </ButtonLink>
        </Group>
        <Text size="sm">
          {t("staff_question")}{" "}
          <AnchorLink to="/request-account" inherit underline="always">
            {t("request_account")}
          </AnchorLink>
        </Text>
      </Stack>
      <Illustration />
    </div>
  );
}

function ForWhom({ icon: Picture, title, words }: { icon: Icon; title: string; words: string }) {
  return (
    <Paper withBorder p="lg" radius="lg">
      <Stack gap={6}>
        <Picture size={28} stroke={1.6} color="var(--mantine-color-calm-text)" aria-hidden />
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed">{words}</Text>
      </Stack>
    </Paper>
  );
}
