from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_questions_of_documents")]

    operations = [
        migrations.RemoveConstraint(model_name="question", name="question_once"),
        migrations.RemoveField(model_name="question", name="edition"),
        migrations.AlterField(
            model_name="question",
            name="document",
            field=models.ForeignKey(
                on_delete=models.deletion.CASCADE, related_name="questions", to="campaigns.plandocument"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("document", "key"), name="question_once"),
        ),
    ]
