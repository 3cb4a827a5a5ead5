import { CloseButton, Group, SegmentedControl, Select, Text, TextInput } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DeletedList } from "~/features/deleted/DeletedList";
import { asDays, asKind, KINDS } from "~/features/deleted/kinds";
import { usePeopleOf } from "~/features/deleted/queries";
import { useNames } from "~/features/deleted/useNames";
import { ButtonLink } from "~/ui/links";
import { Page } from "~/ui/Page";

/** What was deleted: that it is there, never what it says. */
export function DeletedPage() {
  const { t } = useTranslation("deleted");
  const filter = useSearch({ from: "/app/deleted" });
  const navigate = useNavigate({ from: "/deleted" });
  const kinds = [
    { value: "", label: t("all_kinds") },
    ...KINDS.map((kind) => ({ value: kind as string, label: t(`kinds_${kind}`) })),
  ];
  const choose = (kind: string | null) => {
    const { kind: _before, ...rest } = filter;
    void navigate({ search: { ...rest, ...asKind(kind) }, replace: true });
  };
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <ButtonLink
          to="/deleted/hide"
          variant="light"
          px="sm"
          leftSection={<IconEyeOff size={18} aria-hidden />}
        >
          {t("hide_link")}
        </ButtonLink>
      }
    >
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          aria-label={t("kind")}
          data={kinds}
          value={filter.kind ?? ""}
          onChange={choose}
          visibleFrom="sm"
        />
        <Select
          label={t("kind")}
          data={kinds}
          value={filter.kind ?? ""}
          onChange={choose}
          allowDeselect={false}
          hiddenFrom="sm"
          w="100%"
        />
        <Days />
        {filter.person !== undefined && <OfPerson accountId={filter.person} />}
      </Group>
      <DeletedList filter={filter} />
    </Page>
  );
}

/** When it was deleted. Either end can be left open; one that is passed comes along. */
function Days() {
  const { t } = useTranslation("deleted");
  const { from, until, ...rest } = useSearch({ from: "/app/deleted" });
  const navigate = useNavigate({ from: "/deleted" });
  const choose = (first = "", last = "") =>
    void navigate({ search: { ...rest, ...asDays(first, last) }, replace: true });
  return (
    <Group gap="sm">
      <Day
        label={t("deleted_from")}
        day={from}
        onChoose={(day) => choose(day, until !== undefined && until < day ? day : until)}
      />
      <Day
        label={t("deleted_until")}
        day={until}
        onChoose={(day) => choose(day !== "" && from !== undefined && day < from ? day : from, day)}
      />
    </Group>
  );
}

interface DayProps {
  label: string;
  day: string | undefined;
  onChoose: (day: string) => void;
}

/** Chosen when one leaves it: while a year is typed, its first digits are a year as well. */
function Day({ label, day = "", onChoose }: DayProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const done = () => {
    if (typed !== null && typed !== day) onChoose(typed);
    setTyped(null);
  };
  return (
    <TextInput
      type="date"
      label={label}
      value={typed ?? day}
      onChange={({ currentTarget: { value } }) => setTyped(value)}
      onBlur={done}
      onKeyDown={({ key }) => key === "Enter" && done()}
    />
  );
}

/** Says that only one person's are shown, and takes that back. */
function OfPerson({ accountId }: { accountId: string }) {
  const { t } = useTranslation("deleted");
  const { person: _theirs, ...everybody } = useSearch({ from: "/app/deleted" });
  const navigate = useNavigate({ from: "/deleted" });
  const { nameOf } = useNames(usePeopleOf([accountId]));
  return (
    <Group gap={4}>
      <Text>{t("of_person", { name: nameOf(accountId) })}</Text>
      <CloseButton
        aria-label={t("all_people")}
        onClick={() => void navigate({ search: everybody, replace: true })}
      />
    </Group>
  );
}
