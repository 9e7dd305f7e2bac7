------------------------------- MODULE IOUtils -------------------------------
(* Files, programs and the environment. The checker evaluates the operators itself: a definition says only what kind of value there is. *)
LOCAL INSTANCE TLC
LOCAL INSTANCE Integers

LOCAL Ended == [exitValue : Int, stdout : STRING, stderr : STRING]

IOSerialize(val, absoluteFilename, compress) == TRUE
IODeserialize(absoluteFilename, compressed) == CHOOSE val : TRUE

(* Writes a text, or a sequence as lines of JSON: options.format is "TXT" or "NDJSON". *)
Serialize(value, dest, options) == CHOOSE r \in Ended : TRUE
Deserialize(src, options) == CHOOSE val : TRUE

(* A command is the sequence of a program's name and its arguments. *)
IOExec(command) == CHOOSE r \in Ended : TRUE
IOEnvExec(env, command) == CHOOSE r \in Ended : TRUE

(* In a template, each %s stands for the next parameter, and %2$s for the second one. *)
IOExecTemplate(commandTemplate, parameters) == CHOOSE r \in Ended : TRUE
IOEnvExecTemplate(env, commandTemplate, parameters) == CHOOSE r \in Ended : TRUE

IOEnv == CHOOSE r \in [STRING -> STRING] : TRUE

atoi(str) == CHOOSE i \in Int : ToString(i) = str
=============================================================================
