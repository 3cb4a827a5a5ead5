import { DirectionProvider, useDirection } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

/** Right to left where the language is written so. */
export function DirectionFollowsLanguage({ children }: { children: ReactNode }) {
  return (
    <DirectionProvider>
      <Follow />
      {children}
    </DirectionProvider>
  );
}

function Follow() {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  useEffect(() => setDirection(i18n.dir()), [i18n.dir, setDirection]);
  return null;
}
