import { describe, expect, test } from "vitest";
import { changesBetween, draftOf, type Profile, withDraft } from "~/features/settings/profile";

const SAVED: Profile = { name: "Noor Haddad", bio: "", phone: "+49 30 1234", specialty: null };

describe("what is sent of a profile", () => {
  test("is what was changed, and spaces around it are not a change", () => {
    expect(changesBetween(SAVED, { ...SAVED, name: " Noor Haddad " })).toEqual({});
    const typed: Profile = { ...SAVED, bio: "I like tea. ", phone: "", specialty: "cardiology" };
    expect(changesBetween(SAVED, typed)).toEqual({
      bio: "I like tea.",
      phone: "",
      specialty: "cardiology",
    });
  });

  test("is kept as a draft until it is saved, beside what others changed meanwhile", () => {
    const draft = draftOf(SAVED, { ...SAVED, bio: "I like tea." });
    const now = { ...SAVED, phone: "+49 30 99" };
    expect(withDraft(now, draft)).toEqual({ ...now, bio: "I like tea." });
    expect(draftOf(SAVED, SAVED)).toBe("");
    expect(withDraft(now, "")).toEqual(now);
  });
});
