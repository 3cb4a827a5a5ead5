import { useTranslation } from "react-i18next";

/** What people call a reader; one that is newer than this client by its own name. */
export function useReaderName(): (name: string) => string {
  const { t, i18n } = useTranslation("system");
  return (name) => {
    const key = `reader_${name}`;
    return i18n.exists(key, { ns: "system" }) ? String(t(key as never)) : name;
  };
}
