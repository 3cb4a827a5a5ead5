import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmarkPlus, IconDownload, IconRefresh, IconSignature } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { TrailLine } from "~/api/schema";
import { ButtonLink } from "~/ui/links";
import type { Filters } from "./filters";
import { SaveSearchDialog } from "./SaveSearchDialog";
import { SignReviewDialog } from "./SignReviewDialog";

interface Props {
  filters: Filters;
  lines: TrailLine[];
  /** Whether these are all that there are. */
  complete: boolean;
  refreshing: boolean;
  onRefresh: () => void;
}

/** How much was found, and what can be done with it. */
export function SearchActions({ filters, lines, complete, refreshing, onRefresh }: Props) {
  const { t } = useTranslation("audit");
  const [saving, save] = useDisclosure(false);
  const [signing, sign] = useDisclosure(false);
  const count = lines.length;
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" fw={500} role="status">
        {complete ? t("found_all", { count }) : t("found_so_far", { count })}
      </Text>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          loading={refreshing}
          onClick={onRefresh}
          leftSection={<IconRefresh size={16} aria-hidden />}
        >
          {t("search_again")}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={save.open}
          leftSection={<IconBookmarkPlus size={16} aria-hidden />}
        >
          {t("save_search")}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={sign.open}
          leftSection={<IconSignature size={16} aria-hidden />}
        >
          {t("sign_review")}
        </Button>
        <ButtonLink
          size="xs"
          variant="default"
          to="/audit/export"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t("tab_export")}
        </ButtonLink>
      </Group>
      <SaveSearchDialog opened={saving} onClose={save.close} filters={filters} />
      <SignReviewDialog
        opened={signing}
        onClose={sign.close}
        filters={filters}
        lines={lines}
        complete={complete}
      />
    </Group>
  );
}
