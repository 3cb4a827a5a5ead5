import { Badge, Card, Group, Stack, Text } from "@mantine/core";
import { IconSignature } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { TrailReview } from "~/api/schema";
import { useFormat } from "~/i18n/useFormat";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorNotice } from "~/ui/ErrorNotice";
import { LoadMore } from "~/ui/LoadMore";
import { ButtonLink } from "~/ui/links";
import { Page } from "~/ui/Page";
import { AuditTabs } from "./AuditTabs";
import { useFilterWords } from "./Filtering";
import { FILTER_NAMES, filtersOf } from "./filters";
import { Placeholders } from "./ListParts";
import { reviewsQuery } from "./queries";

/** What officers have looked through and signed. All officers see all of it. */
export function ReviewsPage() {
  const { t } = useTranslation("audit");
  const reviews = useInfiniteQuery(reviewsQuery);
  const all = reviews.data?.pages.flatMap((page) => page.reviews) ?? [];
  return (
    <Page title={t("reviews_title")} lead={t("reviews_lead")}>
      <AuditTabs />
      {reviews.isPending && <Placeholders rows={3} />}
      {reviews.isError && (
        <ErrorNotice error={reviews.error} onRetry={() => void reviews.refetch()} />
      )}
      {reviews.isSuccess && all.length === 0 && (
        <EmptyState icon={IconSignature} title={t("no_reviews")}>
          {t("no_reviews_words")}
        </EmptyState>
      )}
      <Stack gap="sm">
        {all.map((review) => (
          <Review key={review.review_id} review={review} />
        ))}
      </Stack>
      <LoadMore query={reviews} />
    </Page>
  );
}

function Review({ review }: { review: TrailReview }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const words = useFilterWords();
  const filters = filtersOf(review.filters);
  const given = FILTER_NAMES.filter((name) => filters[name] !== undefined);
  return (
    <Card component="article" withBorder padding="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text fw={600}>{review.officer.name || t("erased_name")}</Text>
          <Text size="sm" c="dimmed">
            <time dateTime={review.at}>{format.exact(review.at)}</time>
          </Text>
        </Group>
        <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {review.note ?? t("erased")}
        </Text>
        <Group gap="xs">
          {given.length === 0 && (
            <Badge variant="default" tt="none">
              {t("no_filters")}
            </Badge>
          )}
          {given.map((name) => (
            <Badge key={name} variant="default" tt="none">
              {words(name, filters)}
            </Badge>
          ))}
          <Text size="sm" c="dimmed">
            {t("review_range", {
              from: format.number(review.from),
              to: format.number(review.to),
            })}
          </Text>
        </Group>
        <Group>
          <ButtonLink to="/audit" search={filters} size="xs" variant="light">
            {t("run_search")}
          </ButtonLink>
        </Group>
      </Stack>
    </Card>
  );
}
