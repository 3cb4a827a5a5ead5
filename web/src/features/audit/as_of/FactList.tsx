import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Change } from "./changes";
import type { Fact } from "./facts";
import classes from "./Moment.module.css";

interface Props {
  facts: Fact[];
  changes: Change[];
}

/** Facts with what changed about them, said in words beside the colour. */
export function FactList({ facts, changes }: Props) {
  const { t } = useTranslation("audit");
  const changed = new Map(changes.map((change) => [change.key, change]));
  return (
    <dl className={classes.facts}>
      {facts.map(({ key, label, value }) => {
        const change = changed.get(key);
        return (
          <div key={key} className={classes.fact} data-changed={change !== undefined}>
            <dt>
              {label}
              {change !== undefined && (
                <Badge variant="default" tt="none" size="sm">
                  {t(markOf(change))}
                </Badge>
              )}
            </dt>
            <dd>{value}</dd>
            {change?.before != null && change.before !== value && (
              <dd className={classes.was}>{t("was", { value: change.before })}</dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

function markOf({ before, now }: Change) {
  if (before === null) return "mark_new";
  return before === now ? "mark_rewritten" : "mark_changed";
}
