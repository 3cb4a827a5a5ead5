import { Container, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

interface Props {
  title: string;
  /** One sentence below the title. */
  lead?: string;
  /** What can be done with the whole page, beside the title. */
  actions?: ReactNode;
  size?: "md" | "lg" | "xl";
  children: ReactNode;
}

/** The frame of every page within the shell: one heading, which is also the window's title. */
export function Page({ title, lead, actions, size = "lg", children }: Props) {
  useDocumentTitle(`${title} · Anamnesis`);
  return (
    <Container size={size} py="lg" px={{ base: "md", sm: "xl" }}>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-end">
          <div>
            <Title order={1} size="h2">
              {title}
            </Title>
            {lead !== undefined && <Text c="dimmed">{lead}</Text>}
          </div>
          {actions !== undefined && <Group gap="sm">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Container>
  );
}
