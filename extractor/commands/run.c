// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands/command.h"
#include "base/diag.h"
#include "commands/python.h"

struct run_options {
	char *out, *db, *api, *decisions, *compile_commands, *module, *prepare, *build_from;
	char **kernels;
	gboolean no_tree_scripts, no_prove;
	int workers;
};

/**
 * struct run_walk - the whole way from tree to proven series
 * @self: this program
 * @api, @decisions, @commands: options for index, or NULL
 * @findings: a stage that goes on ended with findings (exit 1)
 */
struct run_walk {
	const struct run_options *options;
	char *self, *tree, *db, *jobs, *api, *decisions, *commands;
	bool findings;
};

/* Runs one stage as a process of its own, its listing dropped: the database has it. */
static bool stage(struct run_walk *walk, char **argv, int *code)
{
	GError *error = NULL;
	int status;

	diag_note("%s ...", argv[1]);
	if (!g_spawn_sync(NULL, argv, NULL,
			  G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
			  NULL, NULL, &status, &error)) {
		diag_error("%s", error->message);
		g_error_free(error);
		*code = EXIT_TOOL;
		return false;
	}
	*code = WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_TOOL;
	walk->findings |= *code == EXIT_FINDINGS;
	return *code == EXIT_DONE || *code == EXIT_FINDINGS;
}

/* The words of index with those options that were given. The caller frees the list alone. */
static char **index_words(const struct run_walk *w)
{
	char *options[] = { w->api, w->decisions, w->commands };
	GPtrArray *words = g_ptr_array_new();

	g_ptr_array_add(words, w->self);
	g_ptr_array_add(words, "index");
	g_ptr_array_add(words, w->tree);
	g_ptr_array_add(words, "--db");
	g_ptr_array_add(words, w->db);
	g_ptr_array_add(words, "-j");
	g_ptr_array_add(words, w->jobs);
	for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
		if (options[i])
			g_ptr_array_add(words, options[i]);
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

static bool walk_stages(struct run_walk *w, int *code)
{
	char *scripts = w->options->no_tree_scripts ? "--no-tree-scripts" : NULL;
	char **index = index_words(w);
	char *convert[] = { w->self, "convert", "--db", w->db, "-j", w->jobs, NULL };
	char *series[] = { w->self, "series", "--db", w->db, "-o", w->options->out, scripts, NULL };
	char *prove[] = { w->self, "prove", "--db", w->db, "--series", w->options->out, "-j", w->jobs, NULL };

	bool fine = stage(w, index, code) && stage(w, convert, code) && stage(w, series, code) &&
		    (w->options->no_prove || stage(w, prove, code));

	g_free(index);
	return fine;
}

/* A child, since findings of the stages have to come out as our own exit code. */
static int walk_summary(struct run_walk *walk)
{
	char *args[] = { "summary", "--db", walk->db, "--out", walk->options->out, NULL };
	pid_t child = fork();
	int status;

	if (!child)
		_exit(python_become("summary", args));
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		diag_error("no process for the summary: %s", g_strerror(errno));
		return EXIT_TOOL;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_TOOL;
}

static char *default_db(const char *out)
{
	g_autofree char *name = g_strdup(out);
	size_t length = strlen(name);

	while (length > 1 && name[length - 1] == '/')
		name[--length] = 0;
	return g_strconcat(name, ".db", NULL);
}

static bool make_parent(const char *path)
{
	g_autofree char *dir = g_path_get_dirname(path);

	if (!g_mkdir_with_parents(dir, 0777))
		return true;
	diag_error("%s: %s", dir, g_strerror(errno));
	return false;
}

static int walk_run(struct run_walk *walk)
{
	int code;

	if (!make_parent(walk->options->out) || !make_parent(walk->db))
		return EXIT_INPUT;
	if (!walk_stages(walk, &code))
		return code;
	code = walk_summary(walk);
	return code == EXIT_DONE && walk->findings ? EXIT_FINDINGS : code;
}

static char *option_word(const char *name, const char *value)
{
	return value ? g_strdup_printf("--%s=%s", name, value) : NULL;
}

static void add_option(GPtrArray *words, const char *name, const char *value)
{
	char *word = option_word(name, value);

	if (word)
		g_ptr_array_add(words, word);
}

/* A driver's way, where each kernel has a database, is walked in Python. */
static int run_module(const struct run_options *options)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(words, g_strdup("run"));
	add_option(words, "module", options->module);
	add_option(words, "output", options->out);
	add_option(words, "db", options->db);
	add_option(words, "api", options->api);
	add_option(words, "decisions", options->decisions);
	add_option(words, "compile-commands", options->compile_commands);
	add_option(words, "prepare", options->prepare);
	add_option(words, "build-from", options->build_from);
	for (char **kernel = options->kernels; kernel && *kernel; kernel++)
		add_option(words, "kernel", *kernel);
	g_ptr_array_add(words, g_strdup_printf("--jobs=%d", options->workers));
	if (options->no_prove)
		g_ptr_array_add(words, g_strdup("--no-prove"));
	g_ptr_array_add(words, NULL);
	return python_become("module_run", (char **)words->pdata);
}

static bool words_fit(const struct run_options *options, const char *tree)
{
	const char *wrong = NULL;

	if (!options->out)
		wrong = "say with -o DIR where the patches go";
	else if (options->workers < 1)
		wrong = "-j takes at least 1";
	else if (options->module && !options->kernels)
		wrong = "--module wants the kernels that it is for: --kernel TREE";
	else if (options->module && tree)
		wrong = "too many arguments: --module DIR takes the place of TREE";
	else if (!options->module && options->kernels)
		wrong = "--kernel goes with --module; a kernel tree is given alone";
	else if (!options->module && options->prepare)
		wrong = "--prepare goes with --module";
	else if (!options->module && options->build_from)
		wrong = "--build-from goes with --module";
	else if (!options->module && !tree)
		wrong = "an argument is missing; usage: gupconv run [OPTION...] TREE";
	if (wrong)
		diag_error("run: %s", wrong);
	return !wrong;
}

static int run(const void *given, char **words)
{
	const struct run_options *options = given;
	struct run_walk walk = { .options = options, .tree = words[0] };
	int code;

	if (!words_fit(options, words[0]))
		return EXIT_USAGE;
	if (options->module)
		return run_module(options);
	walk.self = g_file_read_link("/proc/self/exe", NULL);
	walk.db = options->db ? g_strdup(options->db) : default_db(options->out);
	walk.jobs = g_strdup_printf("%d", options->workers);
	walk.api = option_word("api", options->api);
	walk.decisions = option_word("decisions", options->decisions);
	walk.commands = option_word("compile-commands", options->compile_commands);
	code = walk_run(&walk);
	g_free(walk.self);
	g_free(walk.db);
	g_free(walk.jobs);
	g_free(walk.api);
	g_free(walk.decisions);
	g_free(walk.commands);
	return code;
}

#define FIELD(field) OPTION_FIELD(struct run_options, field)

static const GOptionEntry entries[] = {
	{ "output", 'o', 0, G_OPTION_ARG_FILENAME, FIELD(out), "where the patches go", "DIR" },
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, FIELD(db), "the database (default: DIR.db)", "FILE" },
	{ "jobs", 'j', 0, G_OPTION_ARG_INT, FIELD(workers), "processes (default: 2)", "N" },
	{ "module", 0, 0, G_OPTION_ARG_FILENAME, FIELD(module),
	  "in place of TREE: a directory of drivers outside of the kernel", "DIR" },
	{ "kernel", 0, 0, G_OPTION_ARG_STRING_ARRAY, FIELD(kernels),
	  "a kernel that the module is for, tree or headers package; for each of several", "TREE" },
	{ "prepare", 0, 0, G_OPTION_ARG_STRING, FIELD(prepare),
	  "what the module wants before make, as its configure; {kernel} is the kernel's path", "COMMAND" },
	{ "build-from", 0, 0, G_OPTION_ARG_FILENAME, FIELD(build_from),
	  "a build of the module, for its exact flags (see gupconv-index)", "PATH" },
	{ "no-tree-scripts", 0, 0, G_OPTION_ARG_NONE, FIELD(no_tree_scripts),
	  "do not run the tree's get_maintainer.pl and checkpatch.pl", NULL },
	{ "compile-commands", 0, 0, G_OPTION_ARG_FILENAME, FIELD(compile_commands),
	  "a built tree's compile_commands.json (see gupconv-index)", "FILE" },
	{ "api", 0, 0, G_OPTION_ARG_FILENAME, FIELD(api),
	  "functions of your own that take or release pages (see gupconv-index)", "FILE" },
	{ "decisions", 0, 0, G_OPTION_ARG_FILENAME, FIELD(decisions),
	  "your decisions about acquires (see gupconv-index)", "FILE" },
	{ "no-prove", 0, 0, G_OPTION_ARG_NONE, FIELD(no_prove), "do not compile", NULL },
	{ NULL },
};

static const struct run_options defaults = { .workers = 2 };

const struct command command_run = {
	.name = "run",
	.summary = "the whole way: index, convert, series, prove",
	.words = "TREE",
	.about = "Walks the whole way: index, convert, series, prove.",
	.max = 1,
	.options = entries, .size = sizeof(struct run_options), .defaults = &defaults,
	.run = run,
};
