import { Badge, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ConsultationSummary, WaitingMessages } from "~/api/schema";
import { usePatientName } from "~/features/patients/PatientName";
import { daysBetween, dayToday } from "~/features/schedule/days";
import { useFormat } from "~/i18n/useFormat";
import { PersonAvatar } from "~/ui/PersonAvatar";
import { useOwnConsultations, useWaiting } from "./queries";
import { reviewsDue } from "./reviews";
import { SideCard } from "./SideCard";
import classes from "./Today.module.css";

const SHOWN_MAX = 8;

/** Who has written and was not read yet; who has waited longest is first. */
export function Waiting() {
  const { t } = useTranslation("today");
  const waiting = useWaiting();
  return (
    <SideCard title={t("waiting")} empty={t("waiting_none")} query={waiting}>
      {(waiting.data ?? []).slice(0, SHOWN_MAX).map((room) => (
        <WaitingLine key={room.room_id} room={room} />
      ))}
    </SideCard>
  );
}

function WaitingLine({ room }: { room: WaitingMessages }) {
  const { t } = useTranslation("today");
  const format = useFormat();
  return (
    <li>
      <Link to="/messages/$roomId" params={{ roomId: room.room_id }} className={classes.item}>
        <PersonAvatar name={room.from.name} size={32} />
        <span className={classes.words}>
          <Text component="span" display="block" size="sm" fw={600}>
            {room.from.name}
          </Text>
          <Text component="span" size="xs" c="dimmed">
            {format.dateTime(room.last_at)}
          </Text>
        </span>
        <Badge variant="filled">{t("unread", { count: room.unread })}</Badge>
      </Link>
    </li>
  );
}

/** Consultations that were begun and not signed. */
export function Drafts() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const drafts = useOwnConsultations("draft");
  return (
    <SideCard title={t("drafts")} empty={t("drafts_none")} query={drafts}>
      {(drafts.data?.consultations ?? []).slice(0, SHOWN_MAX).map((one) => (
        <ConsultationLine
          key={one.consultation_id}
          consultation={one}
          words={t("begun_on", { day: format.dateTime(one.opened_at) })}
        />
      ))}
    </SideCard>
  );
}

/** Patients whom the doctor wanted to look at again about now. */
export function Reviews() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const signed = useOwnConsultations("signed");
  const today = dayToday();
  const due = reviewsDue(signed.data?.consultations ?? [], today);
  return (
    <SideCard title={t("reviews")} empty={t("reviews_none")} query={signed}>
      {due.slice(0, SHOWN_MAX).map((one) => (
        <ConsultationLine
          key={one.consultation_id}
          consultation={one}
          words={format.inDays(daysBetween(today, one.review_on ?? today))}
        />
      ))}
    </SideCard>
  );
}

interface LineProps {
  consultation: ConsultationSummary;
  words: string;
}

function ConsultationLine({ consultation, words }: LineProps) {
  const name = usePatientName(consultation.patient_id);
  return (
    <li>
      <Link
        to="/consultations/$consultationId"
        params={{ consultationId: consultation.consultation_id }}
        className={classes.item}
      >
        <PersonAvatar name={name} size={32} />
        <span className={classes.words}>
          <Text component="span" display="block" size="sm" fw={600}>
            {name}
          </Text>
          <Text component="span" size="xs" c="dimmed">
            {words}
          </Text>
        </span>
      </Link>
    </li>
  );
}
