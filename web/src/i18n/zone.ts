import { localeOf } from "~/i18n/locale";
/** The time zone in which this browser shows times, by its IANA name. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A zone as people know it: its usual name and its difference then, and its place. */
export function zoneWords(language: string, zone: string, at: Date): string {
  const name = new Intl.DateTimeFormat(localeOf(language), { timeZone: zone, timeZoneName: "long" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;
  const place = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
  return name === undefined ? place : `${name} (${place})`;
}
