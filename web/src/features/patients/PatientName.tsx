import { useTranslation } from "react-i18next";
import { usePatient } from "./queries";

/** A patient's name, as soon as it is known. It says so where it was erased. */
export function PatientName({ patientId, roomId }: { patientId: string; roomId?: string }) {
  return usePatientName(patientId, roomId);
}

/** The same, as words. Until it is known it is three dots. */
export function usePatientName(patientId: string, roomId?: string): string {
  const { t } = useTranslation("patients");
  const patient = usePatient(patientId, roomId);
  if (patient.data === undefined) return patient.isError ? t("name_unknown") : "…";
  return patient.data?.name || t("name_unknown");
}
