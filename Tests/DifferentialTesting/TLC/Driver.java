import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Answers requests, a line each, about the module M of a folder with TLC in this process: {@code expressions FOLDER
 * COUNT} or {@code check FOLDER}. Its arguments are the folder of these classes, tla2tools.jar, and a folder with a
 * module M that is checked first.
 *
 * <p>TLC keeps much in static fields. Expressions, and a check after {@code alone}, have a class loader, and with it a
 * TLC, of their own. The other checks share one, which is a lot faster; names are numbered anew for each, but after those
 * of the module that is checked first.
 */
public final class Driver {
  public static void main(String[] arguments) throws Exception {
    final PrintStream answers = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    final URL[] places = {Path.of(arguments[0]).toUri().toURL(), Path.of(arguments[1]).toUri().toURL()};
    final Class<?> shared = requests(places);
    answer(shared, "check " + arguments[2], new PrintStream(OutputStream.nullOutputStream()));
    shared.getMethod("remember").invoke(null);
    final BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      if (line.startsWith("alone ") || line.startsWith("expressions ")) {
        answer(requests(places), line.replaceFirst("alone ", ""), answers);
      } else {
        shared.getMethod("restore").invoke(null);
        answer(shared, line, answers);
      }
      answers.println("end");
      answers.flush();
    }
    // Threads of TLC's may be left.
    System.exit(0);
  }

  /** A class Request with a TLC of its own. */
  private static Class<?> requests(URL[] places) throws Exception {
    return new URLClassLoader(places, ClassLoader.getPlatformClassLoader()).loadClass("Request");
  }

  private static void answer(Class<?> requests, String line, PrintStream answers) {
    Thread.currentThread().setContextClassLoader(requests.getClassLoader());
    try {
      requests.getMethod("answer", String.class, PrintStream.class).invoke(null, line, answers);
    } catch (Throwable failure) {
      final Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      answers.println("refused " + cause.toString().replaceAll("\\s+", " "));
    }
  }
}
