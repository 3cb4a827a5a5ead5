/** The patient's pages, for the pictures of the product. */
import { treated } from "../support/patient";
import type { Album, Shot, World } from "../support/shots";

/** Makes what is to be seen. */
function prepare(url: string): Promise<World> {
  return treated(url);
}

const login = "paula";

const shots: Shot[] = [
  { name: "patient-home", login, path: () => "/home", ready: "Ivy syrup" },
  { name: "patient-appointments", login, path: () => "/appointments", ready: "Dr. Chidi Okafor" },
  {
    name: "patient-appointment",
    login,
    path: ({ appointment }) => `/appointments/${appointment}`,
    ready: "Cough since Sunday",
  },
  { name: "patient-find-doctor", login, path: () => "/appointments/book", ready: "Dr. Ines Adler" },
  {
    name: "patient-book",
    login,
    path: ({ doctor }) => `/appointments/book?doctor=${doctor}`,
    ready: "All times are yours",
  },
  {
    name: "patient-reschedule",
    login,
    path: ({ appointment }) => `/appointments/${appointment}/reschedule`,
    ready: "All times are yours",
  },
  { name: "patient-contacts", login, path: () => "/contacts", ready: "Dr. Ines Adler" },
  { name: "patient-medicines", login, path: () => "/medicines", ready: "Ivy syrup" },
  { name: "patient-record", login, path: () => "/record", ready: "Dr. Ines Adler" },
  {
    name: "patient-consultation",
    login,
    path: ({ consultation }) => `/consultations/${consultation}`,
    ready: "I cough since Saturday.",
  },
  { name: "patient-privacy", login, path: () => "/privacy", ready: "A complaint about the record" },
];

export const patient: Album = { prepare, shots };
