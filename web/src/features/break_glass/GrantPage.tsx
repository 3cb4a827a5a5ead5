import { Card, Stack, Text, Title } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { GrantWithWords } from "~/api/schema";
import { Placeholders } from "~/features/audit/ListParts";
import { Notice } from "~/features/audit/Notice";
import { isOpen } from "~/features/audit/queries";
import { useFormat } from "~/i18n/useFormat";
import { useMe } from "~/session/useSession";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { AnchorLink } from "~/ui/links";
import { Page } from "~/ui/Page";
import classes from "./Content.module.css";
import { GrantMark } from "./GrantCard";
import { OpenedRecord } from "./OpenedRecord";
import { OpenGrant } from "./OpenGrant";
import { grantQuery } from "./queries";
import { ReviewForm } from "./ReviewForm";

/** One grant: what it opens while it is open, and what others made of it afterwards. */
export function GrantPage() {
  const { t } = useTranslation("break_glass");
  const { grantId } = useParams({ from: "/app/break-glass/$grantId" });
  const grant = useQuery(grantQuery(grantId));
  const name = grant.data?.patient.name ?? "";
  return (
    <Page
      title={name === "" ? t("grant_title") : t("grant_title_of", { name })}
      actions={<AnchorLink to="/break-glass">{t("all_grants")}</AnchorLink>}
    >
      {grant.isPending && <Placeholders />}
      {grant.isError && grant.data === undefined && (
        <ErrorNotice error={grant.error} onRetry={() => void grant.refetch()} />
      )}
      {grant.data !== undefined && <Loaded grant={grant.data} />}
    </Page>
  );
}

function Loaded({ grant }: { grant: GrantWithWords }) {
  const { accountId } = useMe();
  const own = grant.officer.account_id === accountId;
  const open = isOpen(grant, Date.now());
  return (
    <Stack gap="lg">
      {own && open && <OpenGrant grant={grant} />}
      <About grant={grant} own={own} />
      {own && open && <OpenedRecord grant={grant} />}
      {!open && grant.review === null && <Waiting grant={grant} own={own} />}
    </Stack>
  );
}

function About({ grant, own }: { grant: GrantWithWords; own: boolean }) {
  const { t } = useTranslation("break_glass");
  const format = useFormat();
  const over = grant.ended_at ?? grant.expires_at;
  return (
    <Card component="section" withBorder padding="md">
      <Stack gap="xs" align="flex-start">
        <GrantMark grant={grant} />
        <Text size="sm">
          {own ? t("opened_by_you") : t("opened_by", { name: grant.officer.name })} ·{" "}
          <time dateTime={grant.granted_at}>{format.exact(grant.granted_at)}</time> –{" "}
          <time dateTime={over}>{format.exact(over)}</time>
        </Text>
        <Title order={2} size="h4">
          {t("reason")}
        </Title>
        <Text className={classes.words}>{grant.reason ?? t("erased")}</Text>
        {grant.review !== null && (
          <>
            <Title order={2} size="h4">
              {t("review_title")}
            </Title>
            <Text size="sm">
              {t("reviewed_by", {
                name: grant.review.by.name || t("erased_name"),
                at: format.exact(grant.review.at),
                verdict: t(`mark_${grant.review.verdict}`),
              })}
            </Text>
            {grant.note !== null && <Text className={classes.words}>{grant.note}</Text>}
          </>
        )}
        <AnchorLink
          to="/timeline/$kind/$id"
          params={{ kind: "grant", id: grant.grant_id }}
          size="sm"
        >
          {t("everything_under_it")}
        </AnchorLink>
      </Stack>
    </Card>
  );
}

/** It is over: nothing is open any more, and somebody else is to look at it. */
function Waiting({ grant, own }: { grant: GrantWithWords; own: boolean }) {
  const { t } = useTranslation("break_glass");
  if (!own) return <ReviewForm grantId={grant.grant_id} />;
  return (
    <Notice color="blue" icon={<IconLock aria-hidden />} title={t("over_title")}>
      {t("own_review_words")}
    </Notice>
  );
}
