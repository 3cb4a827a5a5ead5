import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { DirectionFollowsLanguage } from "~/app/DirectionFollowsLanguage";
import { nonce } from "~/app/nonce";
import { queryClient } from "~/app/queryClient";
import { router } from "~/app/router";
import { theme, variables } from "~/app/theme";
import { session } from "~/session/session";
import { Loading } from "~/ui/Loading";

export function App() {
  useEffect(followSession, []);
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

/** Whoever signs in next sees nothing of who was here before, not even for a moment. */
function followSession(): () => void {
  return session.subscribe(() => {
    if (session.state().status === "signed_out") queryClient.clear();
    void router.invalidate();
  });
}
