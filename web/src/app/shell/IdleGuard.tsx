import { Button, Group, Modal, Text } from "@mantine/core";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { browserClock, IDLE_LIMITS, IdleWatch } from "~/session/idle";
import { rememberPresence } from "~/session/presence";
import { session } from "~/session/session";

const INPUT = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Ends the session when nobody is there, a minute after having said so. */
export function IdleGuard() {
  const [watch, setWatch] = useState<IdleWatch | null>(null);
  useEffect(() => {
    const pages = new BroadcastChannel("anamnesis.activity");
    const end = () => void session.logOut("idle");
    const watching = new IdleWatch(end, IDLE_LIMITS, browserClock, pages);
    const noticed = () => {
      watching.noticed();
      if (watching.state().status === "watching") rememberPresence(Date.now());
    };
    for (const kind of INPUT) window.addEventListener(kind, noticed, { passive: true });
    document.addEventListener("visibilitychange", noticed);
    setWatch(watching);
    return () => {
      for (const kind of INPUT) window.removeEventListener(kind, noticed);
      document.removeEventListener("visibilitychange", noticed);
      watching.stop();
      pages.close();
    };
  }, []);
  return watch === null ? null : <Warning watch={watch} />;
}

function Warning({ watch }: { watch: IdleWatch }) {
  const { t } = useTranslation();
  const state = useSyncExternalStore(watch.subscribe, watch.state);
  const warned = state.status === "warned";
  return (
    <Modal
      opened={warned}
      onClose={watch.stay}
      title={t("idle_title")}
      withCloseButton={false}
      closeOnClickOutside={false}
      centered
    >
      {warned && <Countdown endsAt={state.endsAt} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => void session.logOut()}>
          {t("log_out")}
        </Button>
        <Button onClick={watch.stay} data-autofocus>
          {t("idle_stay")}
        </Button>
      </Group>
    </Modal>
  );
}

const SECOND_MS = 1_000;

/** Seconds for the eyes; for the ears only the dialog's words, which say it once. */
function Countdown({ endsAt }: { endsAt: number }) {
  const { t } = useTranslation();
  const left = () => Math.max(0, Math.ceil((endsAt - Date.now()) / SECOND_MS));
  const look = useRef(left);
  look.current = left;
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(look.current()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <Text>{t("idle_words")}</Text>
      <Text fz={40} fw={650} ta="center" mt="sm" role="timer" aria-live="off">
        {t("idle_seconds", { count: seconds })}
      </Text>
    </>
  );
}
