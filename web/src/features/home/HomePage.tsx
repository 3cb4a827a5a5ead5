import { type ComponentType, lazy } from "react";
import type { Role } from "~/api/schema";
import { useMe } from "~/session/useSession";

/** Each role's own dashboard, of which only the own one is loaded. */
const homes: Record<Role, ComponentType> = {
  patient: lazy(async () => ({ default: (await import("./PatientHome")).PatientHome })),
  doctor: lazy(async () => ({ default: (await import("./DoctorHome")).DoctorHome })),
  admin: lazy(async () => ({ default: (await import("./AdminHome")).AdminHome })),
  compliance: lazy(async () => ({ default: (await import("./ComplianceHome")).ComplianceHome })),
};

/** Where everybody lands who has signed in. */
export function HomePage() {
  const { role } = useMe();
  const Home = homes[role];
  return <Home />;
}
