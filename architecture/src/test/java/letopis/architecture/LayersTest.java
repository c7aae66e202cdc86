package letopis.architecture;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Each layer knows only those below it: docs/architecture.md. */
class LayersTest {
    private static final JavaClasses LETOPIS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("letopis");

    @Test
    void everyLayerIsLookedAt() {
        for (String name : new String[]{"letopis.store", "letopis.memory", "letopis.conformance", "letopis.journal",
                "letopis.engine",
                "letopis.model", "letopis.proof", "letopis.testkit", "letopis.cli", "letopis.sql", "letopis.postgres",
                "letopis.mysql"}) {
            assertThat(LETOPIS.containPackage(name)).as(name).isTrue();
        }
    }

    @Test
    void theStoreDependsOnNothingButTheJdk() {
        onlyDependsOn("letopis.store..");
    }

    @Test
    void theMemoryStoreDependsOnTheStoreAlone() {
        onlyDependsOn("letopis.memory..", "letopis.store..");
    }

    @Test
    void proofsDependOnNothingButTheJdk() {
        onlyDependsOn("letopis.proof..");
    }

    @Test
    void theJournalDependsOnTheStoreAlone() {
        onlyDependsOn("letopis.journal..", "letopis.store..");
    }

    @Test
    void theEngineDependsOnTheStoreTheJournalAndProofsAlone() {
        onlyDependsOn("letopis.engine..", "letopis.store..", "letopis.journal..", "letopis.proof..");
    }

    @Test
    void storesOnDatabasesKnowWhatTheyHaveInCommonAndOnlyPostgresKnowsItsDriver() {
        onlyDependsOn("letopis.sql..", "letopis.store..", "javax.sql..");
        onlyDependsOn("letopis.mysql..", "letopis.sql..", "letopis.store..", "javax.sql..");
        onlyDependsOn("letopis.postgres..", "letopis.sql..", "letopis.store..", "javax.sql..", "org.postgresql..",
                "tools.jackson.core..");
    }

    @Test
    void theModelNeverKnowsWhichStoreItRunsOn() {
        onlyDependsOn("letopis.model..", "letopis.store..", "tools.jackson..", "com.fasterxml.jackson.annotation..");
    }

    @Test
    void theDirectoryIsTouchedThroughTheDiskAlone() {
        noClasses()
                .that(resideInAnyPackage("letopis.journal..", "letopis.engine..")
                        .and(resideOutsideOfPackages("letopis.journal.disk..")))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe("work on files", LayersTest::worksOnFiles))
                .because("only what goes through the Disk interface is tried against crashes and faults")
                .check(LETOPIS);
    }

    @Test
    void librariesPrintNothing() {
        noClasses()
                .that(resideInAnyPackage("letopis.store..", "letopis.memory..", "letopis.journal..", "letopis.engine..",
                        "letopis.model..", "letopis.proof..", "letopis.sql..", "letopis.postgres..", "letopis.mysql.."))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(PrintStream.class)
                .check(LETOPIS);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices().matching("letopis.(**)").should().beFreeOfCycles().check(LETOPIS);
    }

    private static boolean worksOnFiles(JavaClass type) {
        return type.isEquivalentTo(Files.class) || type.isEquivalentTo(File.class)
                || type.isAssignableTo(FileChannel.class)
                || type.isAssignableTo(RandomAccessFile.class) || type.isAssignableTo(FileInputStream.class)
                || type.isAssignableTo(FileOutputStream.class);
    }

    private static void onlyDependsOn(String layer, String... below) {
        String[] allowed = new String[below.length + 3];
        System.arraycopy(below, 0, allowed, 0, below.length);
        allowed[below.length] = layer;
        allowed[below.length + 1] = "java..";
        allowed[below.length + 2] = "org.jspecify.annotations..";
        classes().that()
                .resideInAPackage(layer)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(LETOPIS);
    }
}
