import { Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Content, PARTS } from "./content";
import { PartWords } from "./PartWords";

interface Props {
  content: Content;
  /** Of the parts' headings. */
  order?: 2 | 3 | 4;
}

/** All parts of a consultation, to be read; the empty ones too, since that says something. */
export function ConsultationBody({ content, order = 3 }: Props) {
  const { t } = useTranslation("consulting");
  return (
    <Stack gap="md">
      {PARTS.map((part) => (
        <div key={part}>
          <Title order={order} size="h6" c="dimmed">
            {t(part)}
          </Title>
          <PartWords content={content} part={part} />
        </div>
      ))}
    </Stack>
  );
}
