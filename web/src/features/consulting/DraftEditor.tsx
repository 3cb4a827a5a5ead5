import { Alert, Button, Grid, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSignature } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Consultation } from "~/api/schema";
import { AboutPatient } from "./AboutPatient";
import { ConflictNotice } from "./ConflictNotice";
import classes from "./Consulting.module.css";
import { isWhole } from "./content";
import { OverNotice } from "./OverNotice";
import { SaveState } from "./SaveState";
import { SectionsForm } from "./SectionsForm";
import { SignDialog } from "./SignDialog";
import { useDraft } from "./useDraft";

interface Props {
  consultation: Consultation;
  /** Why the patient comes, in their own words. */
  reason: string | null;
}

/** A draft: written down, it is saved by itself; signed, it is the patient's too. */
export function DraftEditor({ consultation, reason }: Props) {
  const { t } = useTranslation("consulting");
  const { keeper, view } = useDraft(consultation);
  const [signing, askSigning] = useDisclosure();
  const { standing, content } = view;
  return (
    <>
      <Group className={classes.bar} justify="space-between" wrap="nowrap">
        <SaveState standing={standing} half={!isWhole(content)} />
        <Button
          leftSection={<IconSignature size={18} aria-hidden />}
          disabled={standing.state === "conflict" || standing.state === "over"}
          onClick={askSigning.open}
        >
          {t("sign")}
        </Button>
      </Group>
      {standing.state === "conflict" && (
        <ConflictNotice
          here={content}
          there={standing.there}
          parts={standing.parts}
          onResolve={(choices) => keeper.resolve(choices)}
        />
      )}
      {standing.state === "over" && (
        <OverNotice consultationId={consultation.consultation_id} error={standing.error} />
      )}
      {view.joined && standing.state !== "conflict" && (
        <Alert role="status" color="blue">
          {t("joined")}
        </Alert>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <SectionsForm
            content={content}
            signed={false}
            onChange={(changed) => keeper.edit(changed)}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            <AboutPatient consultation={consultation} reason={reason} />
          </Stack>
        </Grid.Col>
      </Grid>
      <SignDialog
        consultationId={consultation.consultation_id}
        keeper={keeper}
        view={view}
        opened={signing}
        onClose={askSigning.close}
      />
    </>
  );
}
