import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, atLeastAsNewAs, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Notices } from "~/api/schema";
import { useMe } from "~/session/useSession";

const PAGE = 20;
/** Compliance officers have no live feed: what is new for them is asked for now and then. */
const ASK_EVERY_MS = 60_000;

function page(before: string | null): Promise<Notices> {
  const from = before === null ? {} : { before };
  return ok(api.GET("/api/notifications", { params: { query: { limit: PAGE, ...from } } }));
}

/** The latest notices, how many were not seen, and where messages wait. Kept by the feed. */
export function useLatestNotices() {
  const { role } = useMe();
  return useQuery({
    queryKey: [...keys.notices, "latest"],
    queryFn: () => page(null),
    refetchInterval: role === "compliance" ? ASK_EVERY_MS : false,
  });
}

/** All of them, page by page. */
export function useNotices() {
  return useInfiniteQuery({
    queryKey: [...keys.notices, "pages"],
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Notices) => last.next ?? undefined,
    select: (data: InfiniteData<Notices>) => data.pages.flatMap(({ notices }) => notices),
  });
}

/** How many messages wait to be read, in all conversations. */
export function useUnreadMessages(): number {
  const { data } = useLatestNotices();
  return data?.messages.reduce((sum, { unread }) => sum + unread, 0) ?? 0;
}

/** This notice and all before it were seen. */
export function useSeeNotices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (through: string) => {
      const written = await ok(api.POST("/api/notifications/seen", { body: { through } }));
      return written;
    },
    onSuccess: (written) => {
      if (written.cursor) atLeastAsNewAs(written.cursor);
      return client.invalidateQueries({ queryKey: keys.notices });
    },
  });
}
