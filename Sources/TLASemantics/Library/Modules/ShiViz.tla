------------------------------- MODULE ShiViz --------------------------------
(* For traces of PlusCal algorithms: the process that took the last step, and the vector clock of all steps, as ShiViz reads it. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE Json
LOCAL INSTANCE TLC
INSTANCE Toolbox

(* The process whose pc changed in the step to state i, or the one before if none did. *)
LOCAL HostOf(trace) ==
  LET host[i \in DOMAIN trace] ==
        IF i = 1 THEN "--"
        ELSE IF trace[i - 1].pc = trace[i].pc THEN host[i - 1]
        ELSE CHOOSE p \in DOMAIN trace[i].pc : trace[i - 1].pc[p] # trace[i].pc[p]
  IN  host

Host == HostOf(_TETrace)[_TEPosition]

LOCAL ClockOf(trace) ==
  LET clock[i \in DOMAIN trace] ==
        IF i = 1 THEN [p \in DOMAIN trace[1].pc |-> 0]
        ELSE LET before == clock[i - 1]
                 host == HostOf(trace)[i]
             IN  [p \in DOMAIN before |-> IF p = host THEN before[p] + 1 ELSE before[p]]
  IN  clock

Clock == ToJsonObject(ClockOf(_TETrace)[_TEPosition])
=============================================================================
