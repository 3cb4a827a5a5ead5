import { Container, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "~/features/auth/auth.module.css";
import { LanguageChoice } from "~/ui/LanguageChoice";

/** The top of every page that strangers see. */
export function FrontHeader({ children }: { children?: ReactNode }) {
  return (
    <Container component="header" size="lg" py="md" w="100%">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Link to="/" className={classes.brand}>
          <img src="/icon.svg" alt="" width={30} height={30} />
          <Text fw={700} fz="lg" component="span">
            Anamnesis
          </Text>
        </Link>
        <Group gap="xs" wrap="nowrap">
          <LanguageChoice />
          {children}
        </Group>
      </Group>
    </Container>
  );
}

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** A page with one thing to do: log in, register, ask for an account. */
export function AuthFrame({ title, lead, children }: Props) {
  useDocumentTitle(`${title} · Anamnesis`);
  return (
    <div className={classes.page}>
      <FrontHeader />
      <Container component="main" size={460} w="100%" pt={{ base: "md", sm: 40 }} pb={60}>
        <Stack gap="lg">
          <div>
            <Title order={1} size="h2">
              {title}
            </Title>
            {lead !== undefined && (
              <Text c="dimmed" mt={4}>
                {lead}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </Container>
    </div>
  );
}
