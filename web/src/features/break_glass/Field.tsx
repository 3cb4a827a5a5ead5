import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** A named part of a record; says so where there is nothing. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  const { t } = useTranslation("break_glass");
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children === null || children === "" ? t("nothing") : children}</dd>
    </div>
  );
}
