import type { OwnAccount, ProfileChanges, Specialty } from "~/api/schema";

/** What the form holds; nothing is an empty text. */
export interface Profile {
  name: string;
  bio: string;
  phone: string;
  specialty: Specialty | null;
}

export function profileOf(account: OwnAccount): Profile {
  const { name, bio, phone, specialty } = account;
  return { name, bio: bio ?? "", phone: phone ?? "", specialty };
}

/** Only what is different, so that nobody overwrites what they did not touch. */
export function changesBetween(before: Profile, now: Profile): ProfileChanges {
  const changes: ProfileChanges = {};
  if (now.name.trim() !== before.name) changes.name = now.name.trim();
  if (now.bio.trim() !== before.bio) changes.bio = now.bio.trim();
  if (now.phone.trim() !== before.phone) changes.phone = now.phone.trim();
  if (now.specialty !== null && now.specialty !== before.specialty) {
    changes.specialty = now.specialty;
  }
  return changes;
}

/** What was typed and not saved, as it is kept among the drafts: changes and nothing else. */
export function draftOf(before: Profile, now: Profile): string {
  const changes = changesBetween(before, now);
  return Object.keys(changes).length === 0 ? "" : JSON.stringify(changes);
}

export function withDraft(before: Profile, draft: string): Profile {
  return draft === "" ? before : { ...before, ...(JSON.parse(draft) as Partial<Profile>) };
}
