import { type UseFormReturnType, useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ok } from "~/api/client";
import { ApiError } from "~/api/errors";
import type { Registration } from "~/api/schema";
import { ClientIds } from "~/api/useWrite";
import { useErrorWords } from "~/ui/useErrorWords";

export interface Applicant {
  name: string;
  username: string;
  email: string;
  password: string;
}

export type ApplicantForm = UseFormReturnType<Applicant>;

/** Which field a refusal is about; the other refusals are about the whole. */
const FIELD_OF: Record<string, keyof Applicant> = {
  name_invalid: "name",
  username_invalid: "username",
  email_invalid: "email",
  password_too_short: "password",
  password_too_long: "password",
};

/** The form of somebody who wants an account, and what happens to what is typed there. */
export function useApplicant() {
  const { t } = useTranslation("auth");
  const words = useErrorWords("auth");
  const [ids] = useState(() => new ClientIds());
  const missing = (value: string) => (value.trim() === "" ? t("missing") : null);
  const form: ApplicantForm = useForm<Applicant>({
    initialValues: { name: "", username: "", email: "", password: "" },
    validate: { name: missing, username: missing, email: missing, password: missing },
    transformValues: ({ password, ...rest }) => ({
      name: rest.name.trim(),
      username: rest.username.trim(),
      email: rest.email.trim(),
      password,
    }),
  });
  /** Asks for the account. The same once more has the same id, and makes no second account. */
  const send = (rest: Pick<Registration, "kind" | "role">) => {
    const content = { ...form.getTransformedValues(), ...rest };
    return ok(api.POST("/api/users", { body: { ...content, client_id: ids.of(content) } }));
  };
  /** Puts a refusal beside the field that it is about. */
  const explain = (error: unknown) => {
    const field = error instanceof ApiError ? FIELD_OF[error.code] : undefined;
    if (field === undefined) return;
    form.setFieldError(field, words(error));
    form.getInputNode(field)?.focus();
  };
  return { form, send, explain };
}

/** Whether the words for it stand beside a field already. */
export function isAboutAField(error: unknown): boolean {
  return error instanceof ApiError && error.code in FIELD_OF;
}
