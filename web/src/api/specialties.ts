import type { Specialty } from "~/api/schema";

/** What doctors can be, as the server knows it. The compiler sees to it that none is missing. */
const KNOWN: Record<Specialty, true> = {
  general_practice: true,
  internal_medicine: true,
  family_medicine: true,
  emergency_medicine: true,
  anaesthesiology: true,
  cardiology: true,
  dermatology: true,
  endocrinology: true,
  gastroenterology: true,
  geriatrics: true,
  gynaecology: true,
  haematology: true,
  infectious_diseases: true,
  intensive_care: true,
  nephrology: true,
  neurology: true,
  neurosurgery: true,
  oncology: true,
  ophthalmology: true,
  orthopaedics: true,
  otorhinolaryngology: true,
  paediatrics: true,
  palliative_care: true,
  pathology: true,
  physiotherapy: true,
  psychiatry: true,
  psychotherapy: true,
  pulmonology: true,
  radiology: true,
  rheumatology: true,
  surgery: true,
  urology: true,
};

export const SPECIALTIES = Object.keys(KNOWN) as Specialty[];
