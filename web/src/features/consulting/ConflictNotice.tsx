import { Alert, Button, Paper, Radio, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Content, Part } from "./content";
import type { Choice } from "./DraftKeeper";
import { PartWords } from "./PartWords";

interface Props {
  here: Content;
  there: Content;
  parts: Part[];
  onResolve: (choices: Partial<Record<Part, Choice>>) => void;
}

/** Two windows wrote the same part: shows both, and lets choose. Until then nothing is lost. */
export function ConflictNotice({ here, there, parts, onResolve }: Props) {
  const { t } = useTranslation("consulting");
  const [choices, setChoices] = useState<Partial<Record<Part, Choice>>>({});
  const choiceOf = (part: Part): Choice =>
    choices[part] ?? (part === "review_on" ? "here" : "both");
  return (
    <Alert
      role="alert"
      color="yellow"
      icon={<IconAlertTriangle aria-hidden />}
      title={t("conflict_title")}
    >
      <Stack>
        <Text size="sm">{t("conflict_words")}</Text>
        {parts.map((part) => (
          <Paper key={part} withBorder p="md">
            <Stack gap="sm">
              <Title order={2} size="h5">
                {t(part)}
              </Title>
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <Version label={t("conflict_here")} content={here} part={part} />
                <Version label={t("conflict_there")} content={there} part={part} />
              </SimpleGrid>
              <Radio.Group
                label={t("conflict_choose", { part: t(part) })}
                value={choiceOf(part)}
                onChange={(choice) => setChoices({ ...choices, [part]: choice as Choice })}
              >
                <Stack gap="xs" mt="xs">
                  {part !== "review_on" && <Radio value="both" label={t("choose_both")} />}
                  <Radio value="here" label={t("choose_here")} />
                  <Radio value="there" label={t("choose_there")} />
                </Stack>
              </Radio.Group>
            </Stack>
          </Paper>
        ))}
        <Button
          style={{ alignSelf: "flex-start" }}
          onClick={() => onResolve(Object.fromEntries(parts.map((part) => [part, choiceOf(part)])))}
        >
          {t("conflict_resolve")}
        </Button>
      </Stack>
    </Alert>
  );
}

function Version({ label, content, part }: { label: string; content: Content; part: Part }) {
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed">
        {label}
      </Text>
      <PartWords content={content} part={part} />
    </div>
  );
}
