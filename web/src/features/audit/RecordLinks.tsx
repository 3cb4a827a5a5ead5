import { Group } from "@mantine/core";
import { IconHistory, IconTimeline } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "~/ui/links";
import { hasPast, hasTimeline } from "./lines";

interface Props {
  kind: string;
  id: string;
  /** The event that the past is opened at; the present without it. */
  position?: number;
  /** One of the two, on the page that is the other one. */
  only?: "timeline" | "as_of";
}

/** From a record to its life, and to what it was like. */
export function RecordLinks({ kind, id, position, only }: Props) {
  const { t } = useTranslation("audit");
  const at = position === undefined ? {} : { position };
  return (
    <Group gap="xs">
      {only !== "as_of" && hasTimeline(kind) && (
        <ButtonLink
          to="/timeline/$kind/$id"
          params={{ kind, id }}
          size="xs"
          variant="light"
          leftSection={<IconTimeline size={16} aria-hidden />}
        >
          {t("to_timeline")}
        </ButtonLink>
      )}
      {only !== "timeline" && hasPast(kind) && (
        <ButtonLink
          to="/as-of/$kind/$id"
          params={{ kind, id }}
          search={at}
          size="xs"
          variant="light"
          leftSection={<IconHistory size={16} aria-hidden />}
        >
          {t("to_as_of")}
        </ButtonLink>
      )}
    </Group>
  );
}
