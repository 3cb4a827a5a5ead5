import { Stack } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { grantsQuery, isOpen } from "~/features/audit/queries";
import { useMe } from "~/session/useSession";
import { OpenGrant } from "./OpenGrant";

/** Reminds an officer of the records that they hold open, wherever these show content. */
export function OwnOpenGrants() {
  const { accountId } = useMe();
  const grants = useInfiniteQuery(grantsQuery({ state: "open", officer: accountId }));
  const open = (grants.data?.pages ?? [])
    .flatMap((page) => page.grants)
    .filter((grant) => isOpen(grant, Date.now()));
  if (open.length === 0) return null;
  return (
    <Stack gap="sm">
      {open.map((grant) => (
        <OpenGrant key={grant.grant_id} grant={grant} linked />
      ))}
    </Stack>
  );
}
