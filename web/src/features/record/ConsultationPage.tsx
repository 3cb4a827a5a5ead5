import { notFound } from "@tanstack/react-router";
import type { ComponentType } from "react";
import type { Role } from "~/api/schema";
import { useMe } from "~/session/useSession";
import { lazyPart } from "~/ui/part";

/** Who reads or writes a consultation, and how it looks to them. */
const VIEWS: Partial<Record<Role, ComponentType>> = {
  patient: lazyPart(() => import("./PatientConsultation"), "PatientConsultation", ["patient"]),
  doctor: lazyPart(() => import("~/features/consulting/DoctorConsultation"), "DoctorConsultation", [
    "doctor",
  ]),
};

/** One consultation, in the reader's own way; to everybody else there is no such page. */
export function ConsultationPage() {
  const { role } = useMe();
  const View = VIEWS[role];
  if (View === undefined) throw notFound();
  return <View />;
}
