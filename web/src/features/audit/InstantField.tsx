import { TextInput } from "@mantine/core";

interface Props {
  label: string;
  description?: string;
  value: string | undefined;
  onChange: (instant: string | undefined) => void;
  error?: string | undefined;
}

/**
 * An instant to the second, by the clock of this machine. The browser's own field: it is typed
 * or picked, by keyboard or thumb, in the reader's own way to write dates.
 */
export function InstantField({ value, onChange, ...field }: Props) {
  return (
    <TextInput
      {...field}
      type="datetime-local"
      step={1}
      value={value === undefined ? "" : local(value)}
      onChange={({ currentTarget }) => onChange(instant(currentTarget.value))}
    />
  );
}

function instant(typed: string): string | undefined {
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function local(value: string): string {
  const at = new Date(value);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}
