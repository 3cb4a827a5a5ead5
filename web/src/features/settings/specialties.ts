import type { Specialty } from "~/api/schema";

/** Every specialty, once: the type says so. */
const ALL: Record<Specialty, true> = {
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

export const SPECIALTIES = Object.keys(ALL) as Specialty[];
