import { Drawer, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import type { Filters } from "./filters";
import classes from "./Lines.module.css";
import { Who } from "./LineTable";
import { OutcomeMark } from "./OutcomeMark";
import { RecordLinks } from "./RecordLinks";
import { useCodes } from "./useCodes";
import { useNames } from "./useNames";
import { Words } from "./Words";

interface Props {
  line: TrailLine | null;
  onClose: () => void;
}

/** Everything that is known of one line, and where it leads. */
export function LineDetails({ line, onClose }: Props) {
  const { t } = useTranslation("audit");
  return (
    <Drawer
      opened={line !== null}
      onClose={onClose}
      position="right"
      title={t("details_title", { position: line?.position ?? 0 })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {line !== null && <Details line={line} onLeave={onClose} />}
    </Drawer>
  );
}

function Details({ line, onLeave }: { line: TrailLine; onLeave: () => void }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const code = useCodes();
  const name = useNames();
  const search = (label: string, filters: Filters): ReactNode => (
    <Link to="/audit" search={filters} onClick={onLeave}>
      {label}
    </Link>
  );
  const { actor, patient, record, request_id, session_id } = line;
  return (
    <Stack gap="md">
      <Words fw={600}>{line.words}</Words>
      <dl className={classes.facts}>
        <Fact label={t("column_when")}>
          <time dateTime={line.at}>{format.exact(line.at)}</time>
          <div className={classes.id}>{line.at}</div>
        </Fact>
        <Fact label={t("column_who")}>
          <Who line={line} />
          {actor !== null && search(t("all_of_person"), { person: actor.account_id })}
        </Fact>
        <Fact label={t("column_action")}>
          {code("action", line.action)}
          <div className={classes.id}>{line.action}</div>
        </Fact>
        <Fact label={t("column_outcome")}>
          <OutcomeMark outcome={line.outcome} />
        </Fact>
        {patient !== null && (
          <Fact label={t("filter_patient")}>
            {name(patient)}
            <div>{search(t("all_of_patient"), { patient })}</div>
          </Fact>
        )}
        <Fact label={t("column_record")}>
          {code("kind", record.kind)}
          <div className={classes.id}>{record.id ?? t("nobodys")}</div>
          {record.id !== null && search(t("all_of_record"), { record: record.id })}
        </Fact>
        <Fact label={t("column_session")}>
          <div className={classes.id}>{session_id ?? t("none")}</div>
          {session_id !== null && search(t("all_of_session"), { record: session_id })}
        </Fact>
        <Fact label={t("column_request")}>
          <div className={classes.id}>{request_id ?? t("none")}</div>
          {request_id !== null && search(t("all_of_request"), { request_id })}
        </Fact>
      </dl>
      {record.id !== null && (
        <RecordLinks kind={record.kind} id={record.id} position={line.position} />
      )}
    </Stack>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
