import { notFound } from "@tanstack/react-router";
import { type ComponentType, lazy } from "react";
import type { Role } from "~/api/schema";
import { useMe } from "~/session/useSession";

/** Who reads or writes a consultation, and how it looks to them. */
const VIEWS: Partial<Record<Role, ComponentType>> = {
  patient: lazy(async () => ({
    default: (await import("~/features/record/PatientConsultation")).PatientConsultation,
  })),
  doctor: lazy(async () => ({
    default: (await import("~/features/consulting/DoctorConsultation")).DoctorConsultation,
  })),
};

/** One consultation, in the reader's own way; to everybody else there is no such page. */
export function ConsultationPage() {
  const { role } = useMe();
  const View = VIEWS[role];
  if (View === undefined) throw notFound();
  return <View />;
}
