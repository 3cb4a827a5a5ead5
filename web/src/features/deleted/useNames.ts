import { useTranslation } from "react-i18next";
import type { DeletedItem, User } from "~/api/schema";
import { isolated } from "~/i18n/isolated";

/** What an item is and whom it concerns, in words. */
export function useNames(people: Map<string, User>) {
  const { t, i18n } = useTranslation("deleted");
  const nameOf = (accountId: string): string => {
    const found = people.get(accountId);
    if (found === undefined) return t("unknown_person");
    return found.name === "" ? t("erased") : isolated(found.name, i18n.dir());
  };
  const whatIs = ({ kind, number }: DeletedItem): string =>
    kind === "message" && number !== null ? t("message_number", { number }) : t(`kind_${kind}`);
  const whomOf = ({ people: [one, other] }: DeletedItem): string => {
    if (one === undefined) return "";
    if (other === undefined) return nameOf(one);
    return t("between", { one: nameOf(one), other: nameOf(other) });
  };
  return { nameOf, whatIs, whomOf };
}
