import { Button, Card, Drawer, Group, Pill } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/useFormat";
import { FilterForm } from "./FilterForm";
import { countOf, FILTER_NAMES, type Filters } from "./filters";
import { useCodes } from "./useCodes";
import { short, useNames } from "./useNames";

interface Props {
  filters: Filters;
  onSearch: (filters: Filters) => void;
}

const WIDE = "(min-width: 48em)";

/** The filters: beside what is found on a wide screen, in a drawer on a phone. */
export function Filtering({ filters, onSearch }: Props) {
  const wide = useMediaQuery(WIDE, window.matchMedia(WIDE).matches, {
    getInitialValueInEffect: false,
  });
  const form = (search: Props["onSearch"]) => (
    <FilterForm key={JSON.stringify(filters)} filters={filters} onSearch={search} />
  );
  return (
    <>
      {wide ? (
        <Card withBorder padding="md">
          {form(onSearch)}
        </Card>
      ) : (
        <InDrawer count={countOf(filters)} onSearch={onSearch} form={form} />
      )}
      <Given filters={filters} onSearch={onSearch} />
    </>
  );
}

interface DrawerProps {
  count: number;
  onSearch: Props["onSearch"];
  form: (search: Props["onSearch"]) => React.ReactNode;
}

function InDrawer({ count, onSearch, form }: DrawerProps) {
  const { t } = useTranslation("audit");
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        onClick={open}
        leftSection={<IconFilter size={18} aria-hidden />}
        fullWidth
      >
        {t("filters_button", { count })}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        title={t("filters")}
        position="bottom"
        size="90%"
        closeButtonProps={{ "aria-label": t("close") }}
      >
        {form((filters) => {
          close();
          onSearch(filters);
        })}
      </Drawer>
    </>
  );
}

/** What holds now, each to be taken away again. */
function Given({ filters, onSearch }: Props) {
  const { t } = useTranslation("audit");
  const words = useFilterWords();
  const given = FILTER_NAMES.filter((name) => filters[name] !== undefined);
  if (given.length === 0) return null;
  return (
    <Group gap="xs" aria-label={t("filters_given")} role="group">
      {given.map((name) => (
        <Pill
          key={name}
          size="md"
          withRemoveButton
          onRemove={() => onSearch({ ...filters, [name]: undefined })}
          removeButtonProps={{
            "aria-label": t("remove_filter", { filter: words(name, filters) }),
            "aria-hidden": false,
            tabIndex: 0,
          }}
        >
          {words(name, filters)}
        </Pill>
      ))}
    </Group>
  );
}

/** A filter as people would say it. */
export function useFilterWords() {
  const { t } = useTranslation("audit");
  const code = useCodes();
  const format = useFormat();
  const name = useNames();
  return (which: (typeof FILTER_NAMES)[number], filters: Filters): string => {
    const value = filters[which] ?? "";
    switch (which) {
      case "person":
      case "patient":
        return t(`given_${which}`, { value: name(value) });
      case "action":
      case "outcome":
        return code(which, value);
      case "from":
      case "to":
        return t(`given_${which}`, { value: format.exact(value) });
      default:
        return t(`given_${which}`, { value: short(value) });
    }
  };
}
