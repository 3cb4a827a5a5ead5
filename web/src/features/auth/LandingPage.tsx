import { Button, Container, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** What a stranger sees first. */
export function LandingPage() {
  const { t } = useTranslation("auth");
  return (
    <Container component="main" size="sm" py={80}>
      <Stack gap="lg">
        <Title order={1}>{t("landing_title")}</Title>
        <Text size="lg" c="dimmed">
          {t("landing_words")}
        </Text>
        <Group>
          <Button component={Link} to="/login" size="md">
            {t("log_in")}
          </Button>
        </Group>
      </Stack>
    </Container>
  );
}
