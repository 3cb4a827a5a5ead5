import { type UseFormReturnType, useForm } from "@mantine/form";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "~/api/errors";
import type { OwnAccount } from "~/api/schema";
import {
  changesBetween,
  draftOf,
  type Profile,
  profileOf,
  withDraft,
} from "~/features/settings/profile";
import { useChangeProfile } from "~/features/settings/queries";
import { keepDraft, readDraft } from "~/session/drafts";
import { useErrorWords } from "~/ui/useErrorWords";

export type ProfileForm = UseFormReturnType<Profile>;

const ABOUT = "profile";
const FIELD_OF: Record<string, keyof Profile> = {
  name_invalid: "name",
  bio_invalid: "bio",
  phone_invalid: "phone",
};

/** What is typed into the profile. It is kept as a draft until it is saved or undone. */
export function useProfileForm(account: OwnAccount, etag: string | null) {
  const words = useErrorWords("settings");
  const save = useChangeProfile();
  const saved = profileOf(account);
  const [draft, setDraft] = useState(() => readDraft(account.account_id, ABOUT));
  const remember = (text: string) => {
    setDraft(text);
    keepDraft(account.account_id, ABOUT, text);
  };
  const form: ProfileForm = useForm<Profile>({
    initialValues: withDraft(saved, draft),
    onValuesChange: (values) => remember(draftOf(saved, values)),
  });
  useRebase(form, etag, () => withDraft(saved, draft));
  const explain = (error: unknown) => {
    const field = fieldOf(error);
    if (field !== undefined) form.setFieldError(field, words(error));
  };
  const submit = form.onSubmit((values) =>
    save.mutate(
      { changes: changesBetween(saved, values), etag },
      {
        onSuccess: ({ value }) => {
          form.setValues(profileOf(value));
          remember("");
        },
        onError: explain,
      },
    ),
  );
  const undo = () => {
    form.setValues(saved);
    form.clearErrors();
    save.reset();
  };
  const error = fieldOf(save.error) === undefined ? save.error : null;
  return { form, save, error, isDirty: draft !== "", submit, undo };
}

/** Which field a refusal is about; its words stand there and nowhere else. */
function fieldOf(error: unknown): keyof Profile | undefined {
  return error instanceof ApiError ? FIELD_OF[error.code] : undefined;
}

/** When another version is there, what was typed stands upon that one. */
function useRebase(form: ProfileForm, etag: string | null, now: () => Profile): void {
  const latest = useRef({ form, now, etag });
  latest.current = { ...latest.current, form, now };
  useEffect(() => {
    const { form: typed, now: rebased, etag: before } = latest.current;
    if (before === etag) return;
    latest.current.etag = etag;
    typed.setValues(rebased());
  }, [etag]);
}
