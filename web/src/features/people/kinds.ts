import type {
  AccountStatus,
  DeactivateReason,
  RefuseReason,
  RestoreAccountReason,
  Role,
} from "~/api/schema";

export const ROLES: Role[] = ["patient", "doctor", "admin", "compliance"];
/** What an administrator can make of somebody. */
export const STAFF_ROLES = ["doctor", "admin", "compliance"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
/** Where accounts can stand that are listed; `active` is what is shown first. */
export const STATUSES: AccountStatus[] = ["active", "pending", "deactivated", "refused"];

export const DEACTIVATE_REASONS: DeactivateReason[] = [
  "left",
  "person_asked",
  "misuse",
  "security",
  "duplicate",
];
export const RESTORE_REASONS: RestoreAccountReason[] = [
  "returned",
  "deactivated_by_mistake",
  "cleared",
  "legal_duty",
];
export const REFUSE_REASONS: RefuseReason[] = ["not_staff", "identity_unclear", "duplicate"];

/** The role to offer first to somebody who asked for one. */
export function asStaffRole(role: Role | null): StaffRole {
  return STAFF_ROLES.find((one) => one === role) ?? "doctor";
}

/** What a URL says, where it says something that there is. */
export function asRole(value: unknown): { role?: Role } {
  const role = ROLES.find((one) => one === value);
  return role === undefined ? {} : { role };
}

export function asStatus(value: unknown): { status?: AccountStatus } {
  const status = STATUSES.find((one) => one === value);
  return status === undefined || status === "active" ? {} : { status };
}
