import type { ComponentType } from "react";
import type { Role } from "~/api/schema";
import { useMe } from "~/session/useSession";
import { lazyPart } from "~/ui/part";

/** Each role's own dashboard, of which only the own one is loaded. */
const homes: Record<Role, ComponentType> = {
  patient: lazyPart(() => import("./PatientHome"), "PatientHome", ["patient"]),
  doctor: lazyPart(() => import("./DoctorHome"), "DoctorHome", ["doctor"]),
  admin: lazyPart(() => import("./AdminHome"), "AdminHome", ["admin"]),
  compliance: lazyPart(() => import("./ComplianceHome"), "ComplianceHome", ["compliance"]),
};

/** Where everybody lands who has signed in. */
export function HomePage() {
  const { role } = useMe();
  const Home = homes[role];
  return <Home />;
}
