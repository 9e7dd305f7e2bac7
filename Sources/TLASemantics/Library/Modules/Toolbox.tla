------------------------------- MODULE Toolbox -------------------------------
(* What a trace expression may ask of the trace: all states so far, and the position of the current one. *)
LOCAL INSTANCE TLC
LOCAL INSTANCE TLCExt

_TETrace == Trace
_TEPosition == TLCGet("level")
=============================================================================
