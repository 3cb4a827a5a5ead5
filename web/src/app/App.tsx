import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { DirectionFollowsLanguage } from "~/app/DirectionFollowsLanguage";
import { followSession } from "~/app/followSession";
import { nonce } from "~/app/nonce";
import { queryClient } from "~/app/queryClient";
import { router } from "~/app/router";
import { theme, variables } from "~/app/theme";
import { session } from "~/session/session";
import { Loading } from "~/ui/Loading";

export function App() {
  useEffect(follow, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      <Suspense fallback={<Loading />}>
        <DirectionFollowsLanguage>
          <QueryClientProvider client={queryClient}>
            <Notifications position="top-right" limit={4} />
            <RouterProvider router={router} />
          </QueryClientProvider>
        </DirectionFollowsLanguage>
      </Suspense>
    </MantineProvider>
  );
}

function forget(): void {
  queryClient.clear();
  notifications.clean();
}

function follow(): () => void {
  return followSession(session, forget, () => void router.invalidate());
}
