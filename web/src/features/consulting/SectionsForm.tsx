import { Paper, Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { dayToday } from "~/features/schedule/days";
import { type Content, isTooLong, SECTIONS } from "./content";
import { PrescriptionsEditor } from "./PrescriptionsEditor";

interface Props {
  content: Content;
  onChange: (content: Content) => void;
  /** Medicines that patients know of already are stopped; others are taken out. */
  signed: boolean;
}

/** The parts of a consultation, to be written. It saves nothing by itself. */
export function SectionsForm({ content, onChange, signed }: Props) {
  const { t } = useTranslation("consulting");
  return (
    <Stack gap="md">
      <Paper withBorder p={{ base: "md", sm: "lg" }}>
        <Stack gap="md">
          {SECTIONS.map((section) => (
            <Textarea
              key={section}
              label={t(section)}
              description={t(`${section}_hint`)}
              autosize
              minRows={2}
              maxRows={24}
              value={content[section]}
              error={isTooLong(content[section]) && t("error_section_too_long")}
              onChange={(event) => onChange({ ...content, [section]: event.currentTarget.value })}
            />
          ))}
        </Stack>
      </Paper>
      <PrescriptionsEditor
        rows={content.prescriptions}
        signed={signed}
        onChange={(prescriptions) => onChange({ ...content, prescriptions })}
      />
      <Paper withBorder p={{ base: "md", sm: "lg" }}>
        <TextInput
          type="date"
          label={t("review_on")}
          description={t("review_on_hint")}
          min={dayToday()}
          maw={280}
          value={content.review_on}
          onChange={(event) => onChange({ ...content, review_on: event.currentTarget.value })}
        />
      </Paper>
    </Stack>
  );
}
